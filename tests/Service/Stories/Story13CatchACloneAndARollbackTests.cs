using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>certification.md section 6, story 13: catch a clone and a rollback.</summary>
public sealed class Story13CatchACloneAndARollbackTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private Registry _registry = null!;
    private TestBoard _board = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock);
        _registry = await Registry.OpenAsync(_verifier);
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        _board = await new TestBoard(_verifier).EnrolAsync();
    }

    public async Task DisposeAsync()
    {
        _board.Dispose();
        _registry.Dispose();
        await _verifier.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Story_13_Catch_a_clone_and_a_rollback_two_devices_that_present_one_key_are_a_conflict_on_both_within_one_attestation_cycle(int moreBoots)
    {
        byte[] seed = _board.BootSeed;
        await AttestAsync();

        // The copy starts with a seed of its own, at the count it was copied with, or at the next.
        _board.BootCount += moreBoots;
        _board.BootSeed = RandomNumberGenerator.GetBytes(16);
        JsonElement copy = await AttestAsync();
        _board.BootCount -= moreBoots;
        _board.BootSeed = seed;
        JsonElement original = await AttestAsync();

        Assert.Contains("IdentityConflict", original.Drift());
        Assert.Equal("Compromised", original.Text("conformity"));
        Assert.Equal(moreBoots == 0, copy.Drift().Contains("IdentityConflict"));
        Assert.Contains("IdentityConflict", (await AttestAsync()).Drift());
    }

    [Fact]
    public async Task A_boot_counter_that_goes_backwards_is_a_conflict()
    {
        await AttestAsync();

        _board.BootCount--;
        _board.BootSeed = RandomNumberGenerator.GetBytes(16);

        Assert.Equal(["IdentityConflict"], (await AttestAsync()).Drift());
    }

    [Fact]
    public async Task An_older_image_below_the_minimum_security_version_is_a_rollback_although_it_is_signed_and_certified()
    {
        using HttpClient client = _verifier.Operator();
        Assert.Equal("Conformant", (await AttestAsync()).Text("conformity"));
        await _registry.SubmitAsync(Firmware.OtherTampered, "1.1.0", securityVersion: 2);

        using HttpResponseMessage raised = await client.PostJsonAsync($"/v1/classes/{Boards.Class}/minimum-security-version", new { version = 2, reason = "flaw in 1", manufacturer = "acme" });

        Assert.True(raised.IsSuccessStatusCode, await raised.Content.ReadAsStringAsync());
        JsonElement device = await AttestAsync();
        Assert.Equal(("Drifted", "Rollback"), (device.Text("conformity"), Assert.Single(device.Drift())));
    }

    [Fact]
    public async Task Old_evidence_is_refused_for_its_nonce_and_changes_nothing()
    {
        byte[] evidence = _board.Evidence(await _board.ChallengeAsync());
        Assert.Equal(200, await _board.SubmitAsync(evidence).StatusAsync());
        JsonElement before = await _board.DeviceAsync();

        await _board.SubmitAsync(evidence).AssertProblemAsync(409, "NonceUsed");
        await AttestAsync();
        await _board.SubmitAsync(evidence).AssertProblemAsync(422, "NonceNotFresh");
        _clock.Advance(TimeSpan.FromMinutes(2));
        await _board.SubmitAsync(evidence).AssertProblemAsync(422, "NonceNotFresh");

        Assert.Equal(before.Text("conformity"), (await _board.DeviceAsync()).Text("conformity"));
        Assert.Empty((await _board.DeviceAsync()).Drift());
    }

    [Fact]
    public async Task Evidence_of_a_decommissioned_device_raises_an_alarm()
    {
        using HttpClient client = _verifier.Operator();
        await AttestAsync();
        await client.PostJsonAsync($"/v1/devices/{_board.Ueid}/decommission", new { reason = "sold for parts" }).AssertStatusAsync(200);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await _board.SubmitAsync(_board.Evidence(await _board.ChallengeAsync())).AssertProblemAsync(403, "IdentityMismatch");

        Assert.Equal(1, (await _board.DeviceAsync()).GetProperty("alarms").GetProperty("count").GetInt64());
        JsonElement alarm = Assert.Single(await client.EventsAsync("device.alarm"));
        Assert.Equal(_board.Ueid, alarm.GetProperty("data").Text("ueid"));
    }

    [Fact]
    public async Task A_board_that_roams_between_addresses_is_no_clone()
    {
        foreach (string address in (string[])["127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.1"])
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            _board.Uptime++;
            using HttpClient client = From(address);
            byte[] evidence = _board.Evidence(await _board.ChallengeAsync());
            using HttpResponseMessage response = await client.PostBytesAsync("/v1/evidence", evidence, TestBoard.EvidenceType);
            Assert.Equal("Conformant", (await response.JsonAsync()).Text("conformity"));
        }

        using HttpClient operation = _verifier.Operator();
        Assert.NotEmpty(await operation.EventsAsync("device.address"));
    }

    private HttpClient From(string address)
    {
        SocketsHttpHandler handler = new()
        {
            ConnectCallback = async (context, cancellation) =>
            {
                Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = _verifier.Address };
    }

    private Task<JsonElement> AttestAsync()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return _board.AttestAsync();
    }
}
