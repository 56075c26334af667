using System.Text.Json;
using IotAttest.Mqtt;
using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>Whoever copied a board's key may have its credential: a rekey ends both.</summary>
public sealed class RekeyedCredentialTests : IAsyncLifetime
{
    private VerifierUnderTest _verifier = null!;
    private HttpClient _acme = null!;
    private TestBoard _board = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartWithMqttAsync();
        _acme = await _verifier.OrganisationAsync("acme", "manufacturer");
        _board = await new TestBoard(_verifier).EnrolAsync();
    }

    public async Task DisposeAsync()
    {
        _acme.Dispose();
        _board.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task The_old_credential_and_its_connection_end_and_the_new_one_works_also_after_a_restart()
    {
        await using MqttBoard open = await MqttBoard.ConnectAsync(_verifier, _board);

        JsonElement answer = await RekeyAsync(null);

        await open.Connection.Closed.WaitAsync(Patience.Long);
        await AssertTakenAsync(answer.Text("credential"));
        await AssertRefusedAsync(_board.Credential);
        await _verifier.RestartAsync();
        await AssertTakenAsync(answer.Text("credential"));
        await AssertRefusedAsync(_board.Credential);
    }

    [Fact]
    public async Task A_credential_that_was_given_is_taken_and_not_returned()
    {
        string credential = new('A', 43);

        JsonElement answer = await RekeyAsync(credential);

        Assert.False(answer.TryGetProperty("credential", out _));
        await AssertTakenAsync(credential);
        await AssertRefusedAsync(_board.Credential);
    }

    [Fact]
    public async Task The_credential_the_board_has_is_409_and_a_malformed_one_400_and_nothing_changes()
    {
        await PostAsync(_board.Credential).AssertProblemAsync(409, "Conflict");
        await PostAsync(new string('A', 42)).AssertProblemAsync(400, "Malformed");

        await AssertTakenAsync(_board.Credential);
        Assert.Equal(200, await _acme.PostTextAsync("/v1/devices", _board.Record.ToJsonString()).StatusAsync());
    }

    private Task<HttpResponseMessage> PostAsync(string? credential) => _acme.PostTextAsync(
        $"/v1/devices/{_board.Ueid}/rekey",
        new System.Text.Json.Nodes.JsonObject { ["key"] = Boards.P256Key(), ["reason"] = "copied" }.With("credential", credential).ToJsonString());

    private async Task<JsonElement> RekeyAsync(string? credential)
    {
        using HttpResponseMessage response = await PostAsync(credential);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.JsonAsync();
    }

    private async Task AssertTakenAsync(string password)
    {
        await using MqttClientConnection connection = await MqttClientConnection.ConnectAsync(MqttBoard.Options(_verifier, _board, password: password));
    }

    private async Task AssertRefusedAsync(string password)
    {
        MqttClientException refused = await Assert.ThrowsAsync<MqttClientException>(() => MqttClientConnection.ConnectAsync(MqttBoard.Options(_verifier, _board, password: password)));
        Assert.Equal(MqttConnectReturnCode.BadUserNameOrPassword, refused.ReturnCode);
    }
}
