using System.Text.Json;
using IotAttest.Domain.Cbor;
using IotAttest.Protocol;
using IotAttest.Support;

namespace IotAttest.Domain.Tests.Cbor;

public sealed class CborVectorTests
{
    // The published list still has simple(24) of RFC 7049; RFC 8949 section 3.3 makes it not well-formed.
    private const string SimpleOfOldRfc = "f818";

    private static readonly CborLimits Strict = new(1 << 20, 16, StrictDeterministic: true);
    private static readonly CborLimits Tolerant = Strict with { StrictDeterministic = false };

    [RequiresSharedDataFact("vectors/cbor-appendix-a")]
    public void Appendix_A_decodes_and_only_indefinite_lengths_and_long_heads_are_refused()
    {
        JsonElement[] cases = Load("cbor-appendix-a/appendix_a.json");

        foreach (JsonElement item in cases)
        {
            string hex = item.GetProperty("hex").GetString()!;
            DecodeStatus strict = Check(hex, Strict);

            DecodeStatus expected = hex == SimpleOfOldRfc ? DecodeStatus.NotWellFormed
                : item.GetProperty("roundtrip").GetBoolean() ? DecodeStatus.Ok : DecodeStatus.NotDeterministic;
            Assert.True(strict == expected, $"{hex}: {strict}");
        }

        Assert.Equal(82, cases.Length);
    }

    [RequiresSharedDataFact("vectors/cbor-not-well-formed")]
    public void Appendix_F_is_refused_in_both_modes()
    {
        JsonElement[] cases = Load("cbor-not-well-formed/rfc8949_appendix_f.json");

        foreach (JsonElement item in cases)
        {
            string hex = item.GetProperty("hex").GetString()!;

            Assert.True(Check(hex, Strict) != DecodeStatus.Ok, hex);
            Assert.True(Check(hex, Tolerant) != DecodeStatus.Ok, hex);
        }

        Assert.Equal(94, cases.Length);
    }

    [RequiresSharedDataFact("vectors/cbor-not-well-formed")]
    public void Appendix_F_too_little_data_of_definite_items_is_truncated()
    {
        foreach (JsonElement item in Load("cbor-not-well-formed/rfc8949_appendix_f.json"))
        {
            string hex = item.GetProperty("hex").GetString()!;
            bool isTooLittle = item.GetProperty("error_kind").GetString()!.StartsWith('2');

            DecodeStatus status = Check(hex, Tolerant);

            Assert.True(!isTooLittle || status is DecodeStatus.Truncated or DecodeStatus.NotDeterministic, $"{hex}: {status}");
        }
    }

    [RequiresSharedDataFact("vectors/cbor-deterministic")]
    public void Deterministic_examples_pass_the_strict_reader_and_the_ten_others_do_not()
    {
        JsonElement[] cases = Load("cbor-deterministic/cde_examples.json");

        foreach (JsonElement item in cases)
        {
            string hex = item.GetProperty("hex").GetString()!;
            DecodeStatus status = Check(hex, Strict);

            Assert.True(status == DecodeStatus.Ok == item.GetProperty("deterministic").GetBoolean(), $"{hex}: {status}");
        }

        Assert.Equal(10, cases.Count(item => !item.GetProperty("deterministic").GetBoolean()));
    }

    private static DecodeStatus Check(string hex, CborLimits limits)
    {
        BoundedCborReader reader = new(Convert.FromHexString(hex), limits);
        reader.Skip();
        return reader.Finish();
    }

    private static JsonElement[] Load(string path) =>
        [.. JsonDocument.Parse(File.ReadAllText(SharedData.PathOf($"vectors/{path}"))).RootElement.EnumerateArray()];
}
