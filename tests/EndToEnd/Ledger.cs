using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text.Json;
using IotAttest.Cli.Bench;

namespace IotAttest.EndToEnd.Tests;

/// <summary>What boards saw acknowledged, held against what a verifier knows after it starts again.</summary>
internal static class Ledger
{
    /// <summary>Starts a verifier on the data: no verdict may be older than the last evidence that was acknowledged.</summary>
    public static async Task HoldAgainstAsync(string folder, IReadOnlyDictionary<string, byte[]> acknowledged, string when)
    {
        using ChildVerifier verifier = await ChildVerifier.StartAsync(folder, CancellationToken.None);
        await HoldAgainstAsync(verifier, acknowledged, when);
    }

    public static async Task HoldAgainstAsync(ChildVerifier verifier, IReadOnlyDictionary<string, byte[]> acknowledged, string when)
    {
        using HttpClient http = verifier.Operator();
        foreach ((string ueid, byte[] nonce) in acknowledged)
        {
            long stored = TimeOf(await StoredNonceAsync(http, ueid));
            Assert.True(stored >= TimeOf(nonce), $"{when}: board {ueid} was acknowledged for a challenge of {TimeOf(nonce)} ms, the verdict is of {stored} ms");
        }
    }

    /// <summary>The challenge that the verdict of a board answers, as its signed result says.</summary>
    public static async Task<byte[]> StoredNonceAsync(HttpClient http, string ueid)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri($"/v1/devices/{ueid}/result", UriKind.Relative));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/eat+jwt"));
        using HttpResponseMessage response = await http.SendAsync(request);
        return NonceOf(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    }

    // The first 8 bytes of a challenge are its time: the verdict must be that of the last acknowledged evidence or a later one.
    private static long TimeOf(byte[] nonce) => BinaryPrimitives.ReadInt64BigEndian(nonce);

    private static byte[] NonceOf(string jwt)
    {
        using JsonDocument claims = JsonDocument.Parse(Base64Url.DecodeFromChars(jwt.Split('.')[1]));
        string nonce = claims.RootElement.GetProperty("submods").GetProperty("firmware").GetProperty("eat_nonce").GetString()!;
        return Base64Url.DecodeFromChars(nonce);
    }
}
