using System.Collections.Immutable;

namespace IotAttest.Domain.Advisories;

/// <summary>A product as an advisory names it: every way in which a build, or a component of one, can be recognised.</summary>
/// <param name="Id">Its id within the advisory.</param>
/// <param name="Name">For people.</param>
public sealed record AdvisoryProduct(string Id, string Name)
{
    /// <summary>Who makes it: the branch <c>vendor</c> of CSAF.</summary>
    public string? Vendor { get; init; }

    /// <summary>What its maker calls it: the branch <c>product_name</c> of CSAF.</summary>
    public string? ProductName { get; init; }

    /// <summary>Which versions; null when the advisory does not say.</summary>
    public VersionRange? Versions { get; init; }

    /// <summary>Package URL.</summary>
    public PackageUrl? Purl { get; init; }

    /// <summary>CPE name.</summary>
    public CpeName? Cpe { get; init; }

    /// <summary>SHA-256 digests, 64 lower-case hex digits.</summary>
    public ImmutableArray<string> Sha256 { get; init; } = [];

    /// <summary>Ids of builds or of product classes (<c>urn:uuid:</c>, a model number).</summary>
    public ImmutableArray<Guid> Uuids { get; init; } = [];

    /// <summary>Null for a product of its own; else what it is in or on.</summary>
    public AdvisoryProduct? Within { get; init; }

    /// <summary>True when what it is in always contains it (CSAF <c>default_component_of</c>, OpenVEX <c>subcomponents</c>): then recognising that is enough.</summary>
    public bool IsAlwaysWithin { get; init; }

    /// <summary>How a bill of materials would name it: by its package URL, else its CPE name, else its product name; null when it has none of them.</summary>
    public string? ComponentName => Purl?.Name ?? Cpe?.Product ?? ProductName;

    /// <summary>False for a product that nothing but a person could recognise.</summary>
    public bool IsIdentified => ComponentName is not null || !Uuids.IsEmpty || !Sha256.IsEmpty || Within is { IsIdentified: true };
}
