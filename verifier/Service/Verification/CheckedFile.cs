namespace IotAttest.Service.Verification;

/// <summary>What a file turned out to be, and what holds about it.</summary>
/// <param name="Kind">manifest, certificate, receipt, record, evidence or image.</param>
/// <param name="Digest">SHA-256 of the whole file.</param>
/// <param name="Checks">In the order in which they were made.</param>
internal sealed record CheckedFile(string Kind, string Digest, IReadOnlyList<FileCheck> Checks)
{
    /// <summary>The certificate it is, or names, when this registry has it.</summary>
    public string? Certificate { get; init; }

    /// <summary>The build it is, when this registry has it.</summary>
    public string? Build { get; init; }

    /// <summary>The number of its entry in the transparency log, when it has one.</summary>
    public long? LogEntry { get; init; }

    /// <summary>Digests to look up: of the file, or those that evidence reports.</summary>
    public IReadOnlyList<(string Name, string Digest)> Digests { get; init; } = [];
}

/// <summary>One check. Its words are the text <c>check.{Name}</c>.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Holds">Null: could not be checked here.</param>
/// <param name="Detail">What was seen.</param>
internal sealed record FileCheck(string Name, bool? Holds, string Detail);
