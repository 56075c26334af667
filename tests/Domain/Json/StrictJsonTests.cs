using System.Text;
using System.Text.Json;
using IotAttest.Domain.Advisories;
using IotAttest.Domain.Json;
using IotAttest.Domain.Policies;
using IotAttest.Domain.Sbom;

namespace IotAttest.Domain.Tests.Json;

/// <summary>Found by the fuzzer: the framework parses texts that it cannot read, and the readers ended with an exception.</summary>
public sealed class StrictJsonTests
{
    // A name, a name that stands twice, a text, a text deep inside; each as an escape and as bytes that are no UTF-8 (0xFF for the sign).
    public static TheoryData<string> NoText =>
    [
        """{"\ud800":1}""", """{"\udfff":1,"\udfff":2}""", """{"a":"\ud800"}""", """{"a":[{"b":"x\uDC00y"}]}""", """{"a":"\ud83d\u0041"}""", "\"\\udfff\"",
        "{\"\u00a7\":1}", "{\"a\":\"\u00a7\"}", "{\"a\":1,\"b\u00a7\":2,\"b\u00a7\":3}",
    ];

    [Theory]
    [MemberData(nameof(NoText))]
    public void Rfc8259_8_what_is_no_text_is_refused_by_every_reader_and_never_thrown(string json)
    {
        byte[] bytes = [.. Encoding.Latin1.GetBytes(json).Select(one => one == 0xa7 ? (byte)0xff : one)];

        Assert.ThrowsAny<JsonException>(() => StrictJson.Parse(bytes, maxDepth: 8));
        Assert.False(SbomReader.TryRead(bytes, out _, out SbomError? sbom));
        Assert.False(AdvisoryReader.TryRead(bytes, out _, out AdvisoryError? advisory));
        Assert.False(PolicyReader.TryRead(bytes, out _, out PolicyError? policy));
        Assert.Equal(("file", "file"), (sbom.Path, advisory.Path));
        Assert.Contains("no JSON object that can be read", policy.Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":"\ud83d\ude00","\u00e9":"\u0000\\ud800"}""")]
    [InlineData("{\"\u00e9\":\"\u20ac\"}")]
    public void Whole_pairs_and_escaped_backslashes_are_text(string json)
    {
        using JsonDocument document = StrictJson.Parse(Encoding.UTF8.GetBytes(json), maxDepth: 1);

        Assert.All(document.RootElement.EnumerateObject(), member => Assert.NotEmpty(member.Name + member.Value.GetString()));
    }

    [Theory]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("[[1]]")]
    [InlineData("{\"a\":\"\\u0041\"")]
    [InlineData("")]
    public void A_member_twice_one_level_too_deep_and_half_a_document_are_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => StrictJson.Parse(Encoding.UTF8.GetBytes(json), maxDepth: 1));
}
