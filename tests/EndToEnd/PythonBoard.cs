using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Domain.Evidence;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests;

/// <summary>A board written in Python from the contracts alone: nothing it sends or reads comes from our code.</summary>
internal sealed class PythonBoard(VerifierUnderTest verifier, bool isEs256)
{
    public const string Needs = "python3:cbor2, paho.mqtt.client";

    private readonly string _key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    private readonly string _seed = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private int _uptime;

    public string Ueid { get; } = Boards.NewUeid();

    /// <summary>Enrols (once more), attests with these digests and returns what the program printed.</summary>
    public async Task<JsonElement> AttestAsync(string transport, MeasuredSet measured, params string[] more)
    {
        string[] arguments =
        [
            Path.Combine(SharedData.Repository, "tests", "EndToEnd", "peers", "board.py"), transport,
            .. measured.Components.Select(component => $"{component.Name}={Convert.ToHexStringLower(component.Sha256.Span)}"),
            "--server", verifier.Address.ToString().TrimEnd('/'), "--mqtt-port", $"{verifier.MqttPort}", $"--token={verifier.OperatorToken}", // as one word: a token may begin with a hyphen
            "--ueid", Ueid, "--key", _key, "--product-class", Boards.Class, "--boot-seed", _seed, "--uptime", $"{++_uptime}",
            .. isEs256 ? ["--es256"] : Array.Empty<string>(), .. more,
        ];
        (int exitCode, string output, string errors) = await Programs.RunAsync(Needs, arguments);
        Assert.True(exitCode == 0, errors);
        return JsonDocument.Parse(output).RootElement;
    }

    public async Task<JsonElement> DeviceAsync()
    {
        using HttpClient client = verifier.Operator();
        return await client.GetJsonAsync($"/v1/devices/{Ueid}");
    }
}
