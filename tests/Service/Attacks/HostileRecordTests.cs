using System.Buffers.Text;
using System.Text;
using IotAttest.Domain.Corim;
using IotAttest.Service.Verification;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests.Attacks;

/// <summary>Signed records of certificates, as anybody may give them to the public page that checks files.</summary>
public sealed class HostileRecordTests
{
    [Theory]
    [InlineData("""{"typ":"\ud800"}""", "{}")]
    [InlineData("""{"\ud800":1,"typ":"certificate+jwt"}""", "{}")]
    [InlineData("""{"typ":1}""", "{}")]
    [InlineData("[]", "[]")]
    [InlineData("""{"typ":"a","typ":"b"}""", "{}")]
    public async Task A_header_that_is_no_text_is_no_record_and_no_fault(string header, string claims)
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        RecordVerifier records = verifier.Services.GetRequiredService<RecordVerifier>();
        byte[] file = Encoding.ASCII.GetBytes($"{Part(header)}.{Part(claims)}.{Base64Url.EncodeToString(new byte[64])}");

        Assert.Null(records.TryInspect(file, Sha256Digest.Of(file)));
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
