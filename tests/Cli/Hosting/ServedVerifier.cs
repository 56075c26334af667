using System.Text.Json;

namespace IotAttest.Cli.Tests.Hosting;

/// <summary>A verifier that <c>serve --json</c> runs on free ports, with its data in the folder <c>data</c>.</summary>
internal sealed class ServedVerifier : IDisposable
{
    private readonly JsonElement _addresses;

    private ServedVerifier(ChildProcess process, JsonElement addresses)
    {
        Process = process;
        _addresses = addresses;
    }

    public ChildProcess Process { get; }

    public Uri Http => new(Text("http"));

    public string Mqtt => Text("mqtt");

    public string Mqtts => Text("mqtts");

    public string Data => Text("data");

    public string TokenFile => Text("token");

    public string Token => File.ReadAllText(TokenFile).Trim();

    public static Task<ServedVerifier> StartAsync(string folder, params string[] options) => StartWithAsync(folder, [], options);

    /// <summary>Starts it with variables of the environment and more options.</summary>
    public static async Task<ServedVerifier> StartWithAsync(string folder, IReadOnlyCollection<(string Name, string Value)> environment, params string[] options)
    {
        string[] tls = options.Contains("--mqtts") ? [] : ["--mqtts", "off"];
        ChildProcess process = ChildProcess.StartWith(folder, environment, ["serve", "--json", "--data", "data", "--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0", .. tls, "--attest-every", "2s", .. options]);
        try
        {
            return new ServedVerifier(process, JsonElement.Parse(await process.LineAsync(_ => true)));
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>"ok" when the verifier says that it is alive.</summary>
    public async Task<string> HealthAsync()
    {
        using HttpClient client = new() { BaseAddress = Http };
        using HttpResponseMessage response = await client.GetAsync(new Uri("/healthz", UriKind.Relative));
        return response.IsSuccessStatusCode ? "ok" : response.StatusCode.ToString();
    }

    public void Dispose() => Process.Dispose();

    private string Text(string name) => _addresses.GetProperty(name).GetString()!;
}
