using System.Security.Cryptography;
using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>All the ways in which evidence of a board can be wrong.</summary>
/// <param name="board">An HMAC board that attested before.</param>
/// <param name="signing">A P-256 board.</param>
/// <param name="clock">The verifier's clock.</param>
internal sealed class RefusalCases(TestBoard board, TestBoard signing, FakeClock clock)
{
    /// <summary>Malformed bytes: every truncation, every vector, what follows a message.</summary>
    public async Task<IEnumerable<RefusalCase>> MalformedAsync()
    {
        byte[] good = board.Evidence(await board.ChallengeAsync());
        IEnumerable<RefusalCase> truncations = Enumerable.Range(0, good.Length).Select(length => new RefusalCase($"cut to {length} bytes", 400, "Malformed", good[..length]));
        IEnumerable<RefusalCase> vectors = EvidenceVectors.Refused.Select(vector => vector.Expect == "TooLarge"
            ? new RefusalCase(vector.Name, 413, "TooLarge", vector.Bytes)
            : new RefusalCase(vector.Name, 400, "Malformed", vector.Bytes));
        return
        [
            .. truncations,
            .. vectors,
            new("a byte behind it", 400, "Malformed", [.. good, 0]),
            new("twice in one message", 400, "Malformed", [.. good, .. good]),
            new("in tag 61", 400, "Malformed", [0xD8, 61, .. good]),
            new("tag 18 around a MAC", 400, "Malformed", [0xD2, .. good[1..]]),
            new("an array of indefinite length", 400, "Malformed", [0xD1, 0x9F, .. good[2..], 0xFF]),
        ];
    }

    /// <summary>Well-formed, of the wrong board, key or moment.</summary>
    public IEnumerable<RefusalCase> Wrong() =>
    [
        new("unknown kid", 404, "UnknownKey", async () => board.Evidence(await board.ChallengeAsync(), authenticator: board.Authenticator(kid: [1, 2, 3, 4, 5, 6, 7, 8]))),
        new("claims of another board", 403, "IdentityMismatch", async () => board.Evidence(await signing.ChallengeAsync(), ueid: signing.Ueid)),
        new("a MAC that does not hold", 401, "BadSignature", async () => Flip(board.Evidence(await board.ChallengeAsync()))),
        new("a MAC under another key", 401, "BadSignature", async () => board.Evidence(await board.ChallengeAsync(), authenticator: TestAuthenticator.Hmac(board.Kid, new byte[32]))),
        new("a nonce nobody made", 422, "NonceNotFresh", () => Task.FromResult(board.Evidence(RandomNumberGenerator.GetBytes(32)))),
        new("a nonce of another board", 422, "NonceNotFresh", async () => board.Evidence(await signing.ChallengeAsync())),
        new("a nonce that is 60.001 s old", 422, "NonceNotFresh", () => OldAsync(TimeSpan.FromMilliseconds(60_001))),
        new("a nonce from 2.001 s ahead", 422, "NonceNotFresh", () => OldAsync(TimeSpan.FromMilliseconds(-2_001))),
    ];

    /// <summary>What a stranger can try against a board with a P-256 key.</summary>
    public IEnumerable<RefusalCase> WrongForSigning() =>
    [
        new("the public key as an HMAC key", 403, "IdentityMismatch", async () => signing.Evidence(await signing.ChallengeAsync(), authenticator: TestAuthenticator.Hmac(signing.Kid, signing.PublicKey))),
        new("a signature that does not hold", 401, "BadSignature", async () => Flip(signing.Evidence(await signing.ChallengeAsync()))),
        new("a signature of zeros", 401, "BadSignature", async () => signing.Evidence(await signing.ChallengeAsync(), authenticator: new TestAuthenticator(-7, signing.Kid, _ => new byte[64]))),
    ];

    private static byte[] Flip(byte[] evidence)
    {
        evidence[^1] ^= 1;
        return evidence;
    }

    // The challenge of a moment that the clock then leaves behind, or has not reached yet.
    private async Task<byte[]> OldAsync(TimeSpan age)
    {
        byte[] evidence = board.Evidence(await board.ChallengeAsync());
        clock.Advance(age);
        return evidence;
    }
}
