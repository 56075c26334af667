namespace IotAttest.Conformance;

/// <summary>What a check must be given; without it the check does not apply.</summary>
[Flags]
public enum Needs
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Evidence: a board that can be asked, or files.</summary>
    Evidence = 1 << 0,

    /// <summary>A board that can be asked.</summary>
    Board = 1 << 1,

    /// <summary>What enrolment fixes: UEID, class, maker, evidence strength, and the key that checks evidence.</summary>
    Device = 1 << 2,

    /// <summary>The manifest of the build, and that it can be read.</summary>
    Manifest = 1 << 3,

    /// <summary>The manifest of a newer build.</summary>
    Newer = 1 << 4,

    /// <summary>The manifest of an older build.</summary>
    Older = 1 << 5,

    /// <summary>The file of the manifest, whatever is in it.</summary>
    ManifestFile = 1 << 6,
}
