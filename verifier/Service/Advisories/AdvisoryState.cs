namespace IotAttest.Service.Advisories;

/// <summary>The life of one revision; the numbers stand in the database.</summary>
internal enum AdvisoryState
{
    /// <summary>Its embargo has not ended: it changes nothing and few may see it.</summary>
    Embargoed = 0,

    InForce = 1,

    /// <summary>A later revision took its place.</summary>
    Replaced = 2,
}
