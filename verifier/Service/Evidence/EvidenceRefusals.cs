using IotAttest.Domain.Cose;
using IotAttest.Domain.Evidence;

namespace IotAttest.Service.Evidence;

/// <summary>The refusals that need the register of boards, and their words.</summary>
internal static class EvidenceRefusals
{
    public static Refusal UnknownKey(Kid kid) => new(
        RefusalCode.UnknownKey,
        $"key id {kid}",
        "the key id of an enrolled board",
        "enrol the board (POST /v1/devices), or check which key it holds");

    public static Refusal OtherBoard() => new(
        RefusalCode.IdentityMismatch,
        "evidence of another board than the connection's",
        "evidence under the UEID that connected",
        "publish with the credential of the board itself");

    public static Refusal Decommissioned() => new(
        RefusalCode.IdentityMismatch,
        "evidence of a decommissioned board",
        "a board in service",
        "find out why this board still runs");

    public static Refusal Rekeyed() => new(
        RefusalCode.UnknownKey,
        "a key that was replaced while its evidence was on the way",
        "the key of the last rekey",
        "attest again with the new key");

    // What a broker keeps and sends later is a replay by design.
    public static Refusal Retained() => new(
        RefusalCode.Retained,
        "evidence published with RETAIN",
        "RETAIN 0",
        "publish evidence without RETAIN");

    // MQTT repeats a delivery by itself (QoS 1) and gets the last answer; over HTTP whoever sends the same bytes twice does so on purpose.
    public static Refusal Repeated() => new(
        RefusalCode.NonceUsed,
        "the evidence that was accepted last, once more",
        "each nonce once",
        "ask for a new challenge; the last verdict is at GET /v1/devices/{ueid}");
}
