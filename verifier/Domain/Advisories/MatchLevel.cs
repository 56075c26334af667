namespace IotAttest.Domain.Advisories;

/// <summary>How close a statement comes to a build; the closest one decides. The numbers are stored and ordered.</summary>
public enum MatchLevel
{
    /// <summary>It speaks of a component in the bill of materials.</summary>
    Component = 1,

    /// <summary>It speaks of the product: its class, or maker and name, in some versions.</summary>
    Product = 2,

    /// <summary>It names the very build: by id, by the digest of its manifest or of its bill of materials.</summary>
    Build = 3,
}
