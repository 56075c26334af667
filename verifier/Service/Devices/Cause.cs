namespace IotAttest.Service.Devices;

/// <summary>Why a verdict changed without new evidence and without a person: the word that history keeps.</summary>
internal static class Cause
{
    /// <summary>A build, a certificate, an advisory, a minimum or a policy changed.</summary>
    public const string Reference = "reference";

    /// <summary>No evidence came for longer than it holds.</summary>
    public const string Silence = "silence";

    /// <summary>Another moment came: the end of a certificate, of a window or of support.</summary>
    public const string Clock = "clock";
}
