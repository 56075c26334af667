namespace IotAttest.EndToEnd.Tests.Long;

/// <summary>What tells a board that its evidence will not be lost (DESIGN.md section 5).</summary>
internal enum Acknowledgement
{
    /// <summary>PUBACK of the verifier's own endpoint, sent when verdict or refusal is durable.</summary>
    Puback = 0,

    /// <summary>The signed result that names its challenge: the only one behind a broker, and the one that a refusal does not send.</summary>
    Result = 1,
}
