using IotAttest.Domain.Appraisal;

namespace IotAttest.Conformance;

/// <summary>A verifier in front of one board, as far as the checks need one.</summary>
public interface IVerifierSide
{
    /// <summary>How often evidence of a board out of service was refused: each is an alarm.</summary>
    int Alarms { get; }

    /// <summary>A fresh challenge of 32 bytes.</summary>
    byte[] Challenge();

    /// <summary>Takes evidence or refuses it.</summary>
    VerifierAnswer Submit(ReadOnlyMemory<byte> evidence);

    /// <summary>The verdict at this moment.</summary>
    Verdict Appraise();

    /// <summary>Takes the board out of service for ever.</summary>
    void Decommission();
}
