using IotAttest.Service.Problems;

namespace IotAttest.Service.Devices;

/// <summary>What became of one enrolment record.</summary>
/// <param name="Ueid">The board; null when the record was not readable.</param>
/// <param name="Kid">16 hex digits; null when nothing is enrolled.</param>
/// <param name="Credential">The transport credential, only when it was made here, only this once.</param>
/// <param name="Added">The new entry; null when nothing is new.</param>
/// <param name="Refusal">Why nothing is enrolled; null when the board is.</param>
internal sealed record EnrolmentOutcome(string? Ueid, string? Kid, string? Credential, DeviceEntry? Added, Problem? Refusal)
{
    /// <summary>The owner the board has from now on; null when it keeps the one it had.</summary>
    public string? NewOwner { get; init; }

    public int Status => Refusal?.Status ?? (Added is null ? 200 : 201);
}
