using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using IotAttest.Cli.Tests.Hosting;

namespace IotAttest.Cli.Tests.Serve;

public sealed class ServeTests
{
    [Fact]
    public async Task The_first_line_of_json_says_where_it_listens_and_the_token_is_for_the_owner_alone()
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await ServedVerifier.StartAsync(line.Folder);

        Assert.Equal("ok", await verifier.HealthAsync());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(verifier.TokenFile));
        Assert.Equal(Path.Combine(line.Folder, "data"), verifier.Data);
        Assert.NotEqual(0, verifier.Http.Port);
        Assert.NotEqual("127.0.0.1:0", verifier.Mqtt);
    }

    [Fact]
    public async Task Terminate_ends_it_with_0_and_a_new_start_on_the_same_folder_has_token_and_data()
    {
        using CommandLine line = new();
        using ServedVerifier first = await ServedVerifier.StartAsync(line.Folder);
        string token = first.Token;
        using HttpClient client = new() { BaseAddress = first.Http, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using StringContent acme = new("""{"name":"acme","roles":["manufacturer"]}""", new MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage added = await client.PostAsync(new Uri("/v1/organisations", UriKind.Relative), acme);

        int exitCode = await first.Process.TerminateAsync();
        using ServedVerifier second = await ServedVerifier.StartAsync(line.Folder);

        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.True(exitCode == 0, first.Process.ToString());
        Assert.True(first.Process.Errors.Length == 0, string.Join("\n", first.Process.Errors));
        Assert.Equal(token, second.Token);
        using HttpClient anybody = new() { BaseAddress = second.Http };
        Assert.Equal("acme", JsonElement.Parse(await anybody.GetStringAsync(new Uri("/v1/organisations/acme", UriKind.Relative))).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("--http", "--mqtt")]
    [InlineData("--mqtt", "--http")]
    public async Task A_port_that_is_taken_ends_it_with_3_and_its_address(string taken, string free)
    {
        using CommandLine line = new();
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        string address = other.LocalEndpoint.ToString()!;

        CommandResult result = (await line.RunAsync("serve", "--data", "@data", taken, address, free, "127.0.0.1:0", "--mqtts", "off")).Ended(3);

        Assert.Contains($"({address})", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(result.Out);
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_ends_it_with_3()
    {
        using CommandLine line = new();
        line.Write("file", "in the way");

        CommandResult result = (await line.RunAsync("serve", "--data", "@file/data", "--http", "127.0.0.1:0", "--mqtt", "off")).Ended(3);

        Assert.Contains("a data directory that cannot be written", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    public async Task A_damaged_database_ends_it_with_3(int damageAt)
    {
        using CommandLine line = new();
        using (ServedVerifier verifier = await ServedVerifier.StartAsync(line.Folder))
        {
            await verifier.Process.TerminateAsync();
        }

        string file = line.PathOf("data/iotattest.db");
        byte[] database = File.ReadAllBytes(file);
        database.AsSpan(damageAt).Fill(0xAA);
        File.WriteAllBytes(file, database);
        CommandResult result = (await line.RunAsync("serve", "--data", "@data", "--http", "127.0.0.1:0", "--mqtt", "off")).Ended(3);

        Assert.Contains("restore a backup", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_plain_address_that_others_can_reach_ends_it_with_2_and_names_the_switch()
    {
        using CommandLine line = new();

        CommandResult result = (await line.RunAsync("serve", "--data", "@data", "--http", "0.0.0.0:0")).Ended(2);

        Assert.Contains("--plain-elsewhere", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(line.PathOf("data")));
    }

    [Theory]
    [InlineData("--oidc-client-id is given without --oidc-authority", "--oidc-client-id", "pages")]
    [InlineData("--oidc-client-secret-file is given without --oidc-client-id", "--oidc-client-secret-file", "@secret")]
    [InlineData("--oidc-scope is 'roles'", "--oidc-authority", "https://login.example", "--oidc-client-id", "pages", "--oidc-scope", "roles")]
    public async Task Options_of_the_issuer_that_do_not_fit_together_are_named_as_they_were_typed(string words, params string[] options)
    {
        using CommandLine line = new();

        CommandResult result = (await line.RunAsync(["serve", "--data", "@data", "--http", "127.0.0.1:0", "--mqtt", "off", .. options])).Ended(2);

        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }
}
