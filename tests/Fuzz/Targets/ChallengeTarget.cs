using System.Text.Json;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Freshness;
using IotAttest.Protocol;
using IotAttest.Support;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>A nonce of 32 bytes for a board of 17: only what the key made for that very board may be fresh.</summary>
internal sealed class ChallengeTarget : FuzzTarget
{
    private const int Nonce = EvidenceProfile.NonceBytes;
    private const int Whole = Nonce + EvidenceProfile.UeidBytes;

    private static readonly JsonElement Vectors = JsonDocument.Parse(File.ReadAllBytes(SharedData.OwnVector("challenge/challenges.json"))).RootElement;

    private readonly ChallengeKey[] _keys = [new(1, new byte[ChallengeKey.SecretBytes]), new(2, Hex(Vectors, "key"))];
    private readonly HashSet<string> _made = [.. Vectors.GetProperty("right").EnumerateArray().Select(right => Convert.ToHexString(Of(right)))];

    public override string Name => "challenge";

    public override IEnumerable<byte[]> Seeds => Vectors.GetProperty("right").EnumerateArray().Select(Of);

    public override int MaxInputBytes => Whole;

    public override Outcome Decode(byte[] input)
    {
        Span<byte> whole = stackalloc byte[Whole];
        input.CopyTo(whole);
        Refusal? refusal = ChallengeCheck.Check(_keys, whole[..Nonce], whole[Nonce..], Now, out FreshnessStamp stamp);
        return refusal is null ? new Outcome(true, stamp.GetHashCode()) : Outcome.Refused(refusal);
    }

    public override void CheckAccepted(byte[] input) => Hold.True(_made.Contains(Convert.ToHexString(input)), "a challenge that nobody made is fresh");

    private static DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(1_795_348_830_000);

    private static byte[] Of(JsonElement right) => [.. Hex(right, "challenge"), .. Hex(right, "ueid")];

    private static byte[] Hex(JsonElement element, string name) => Convert.FromHexString(element.GetProperty(name).GetString()!);
}
