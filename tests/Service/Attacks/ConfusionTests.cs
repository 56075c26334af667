using System.Security.Cryptography;
using System.Text.Json.Nodes;
using IotAttest.Mqtt;
using IotAttest.Protocol;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Attacks;

/// <summary>One thing taken for another: a key for a key of another kind, a board for its neighbour, a signed file for one of another purpose.</summary>
public sealed class ConfusionTests : IAsyncLifetime
{
    private VerifierUnderTest _verifier = null!;
    private Registry _registry = null!;
    private TestBoard _board = null!;
    private TestBoard _signing = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartWithMqttAsync(new FakeClock());
        _registry = await Registry.OpenAsync(_verifier);
        _board = await new TestBoard(_verifier).EnrolAsync();
        _signing = await new TestBoard(_verifier, isEs256: true).EnrolAsync();
    }

    public async Task DisposeAsync()
    {
        _board.Dispose();
        _signing.Dispose();
        _registry.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task A_signature_in_a_mac_and_a_mac_in_a_signature_are_refused_before_any_key_is_used()
    {
        byte[] mac = _board.Evidence(await _board.ChallengeAsync());
        byte[] signed = _signing.Evidence(await _signing.ChallengeAsync());

        await _board.SubmitAsync([0xd2, .. mac[1..]]).AssertProblemAsync(400, "Malformed");
        await _board.SubmitAsync([0xd1, .. signed[1..]]).AssertProblemAsync(400, "Malformed");

        // The other kind of key under the right kid: the record decides, not the message.
        await _board.SubmitAsync(_board.Evidence(await _board.ChallengeAsync(), authenticator: TestAuthenticator.Es256(_board.Kid, _signing.Signer))).AssertProblemAsync(403, "IdentityMismatch");
        await _board.SubmitAsync(_signing.Evidence(await _signing.ChallengeAsync(), authenticator: TestAuthenticator.Hmac(_signing.Kid, _signing.PublicKey))).AssertProblemAsync(403, "IdentityMismatch");
    }

    [Theory]
    [InlineData(-35)] // ES384
    [InlineData(-36)] // ES512
    [InlineData(-8)] // EdDSA
    [InlineData(-37)] // PS256
    [InlineData(-16)] // a hash
    [InlineData(0)]
    public async Task A_right_signature_under_the_name_of_another_algorithm_is_refused(int algorithm)
    {
        TestAuthenticator right = TestAuthenticator.Es256(_signing.Kid, _signing.Signer);
        byte[] evidence = _signing.Evidence(await _signing.ChallengeAsync(), authenticator: right);
        int at = evidence.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x01, 0x26]);
        byte[] name = algorithm < -24 ? [0x38, (byte)(-1 - algorithm)] : algorithm < 0 ? [(byte)(0x20 - 1 - algorithm)] : [0x00];

        byte[] renamed = [.. evidence[..(at + 1)], .. name, .. evidence[(at + 2)..]];
        renamed[3] += (byte)(name.Length - 1);

        await _signing.SubmitAsync(renamed).AssertProblemAsync(400, "Malformed");
    }

    [Fact]
    public async Task Two_boards_never_share_a_kid_and_a_neighbours_key_under_ones_own_kid_signs_nothing()
    {
        using HttpClient client = _verifier.Operator();
        JsonObject sameKey = Boards.P256(Boards.NewUeid(), _signing.Signer);
        await client.PostTextAsync("/v1/devices", sameKey.ToJsonString()).AssertProblemAsync(409, "Conflict");

        using TestBoard neighbour = await new TestBoard(_verifier, isEs256: true).EnrolAsync();
        byte[] nonce = await _signing.ChallengeAsync();
        await _signing.SubmitAsync(_signing.Evidence(nonce, authenticator: TestAuthenticator.Es256(_signing.Kid, neighbour.Signer))).AssertProblemAsync(401, "BadSignature");
        await _signing.SubmitAsync(_signing.Evidence(nonce, authenticator: TestAuthenticator.Es256(neighbour.Kid, neighbour.Signer))).AssertProblemAsync(403, "IdentityMismatch");
        Assert.Equal(200, await _signing.SubmitAsync(_signing.Evidence(nonce)).StatusAsync());
    }

    /// <summary>Every COSE object of this system begins alike: what each is for stands under its signature.</summary>
    [Fact]
    public async Task No_signed_file_is_taken_for_one_of_another_purpose()
    {
        using ECDsa key = SignedFiles.NewKey();
        byte[] manifest = SignedFiles.Manifest().Sign(key);
        byte[] certificate = SignedFiles.Certificate(manifest, SignedFiles.Manifest(), DateTimeOffset.UtcNow).Sign(key);
        byte[] evidence = _signing.Evidence(await _signing.ChallengeAsync());
        using HttpClient anybody = _verifier.Anybody();
        byte[] epoch = await anybody.GetByteArrayAsync(new Uri("/v1/epoch", UriKind.Relative));
        byte[] result = await ResultAsync();
        using HttpClient maker = _registry.MakerClient();

        foreach (byte[] other in new[] { manifest, certificate, epoch, result })
        {
            Assert.Contains(await _board.SubmitAsync(other).StatusAsync(), new[] { 400, 413 });
        }

        foreach (byte[] other in new[] { evidence, epoch, result })
        {
            Assert.Equal(400, await maker.PostBytesAsync("/v1/builds", other, SignedFiles.MediaType).StatusAsync());
        }

        Assert.InRange(await maker.PostBytesAsync("/v1/builds", certificate, SignedFiles.MediaType).StatusAsync(), 400, 422);
    }

    [Theory]
    [InlineData("{0}/")]
    [InlineData("/{0}")]
    [InlineData("{0}/evidence")]
    [InlineData("../{0}")]
    [InlineData("{0}%00")]
    [InlineData("{1}")]
    [InlineData("x{0}")]
    public async Task A_topic_that_only_looks_like_ones_own_closes_the_connection(string form)
    {
        string topic = Topics.Evidence(_board.Ueid).Replace(_board.Ueid, string.Format(System.Globalization.CultureInfo.InvariantCulture, form, _board.Ueid, _board.Ueid.ToUpperInvariant()), StringComparison.Ordinal);
        await using MqttBoard connection = await MqttBoard.ConnectAsync(_verifier, _board);

        await Assert.ThrowsAsync<MqttClientException>(() => connection.Connection.PublishAsync(topic, _board.Evidence(new byte[32])).AsTask().WaitAsync(Patience.Long));

        Assert.Equal(0, (await _board.DeviceAsync()).RefusalCount());
    }

    private async Task<byte[]> ResultAsync()
    {
        await using MqttBoard connection = await MqttBoard.ConnectAsync(_verifier, _board);
        await connection.PublishEvidenceAsync(_board.Evidence(await connection.HelloAsync()));
        return await connection.ResultAsync();
    }
}
