using System.Globalization;
using System.Net;
using Microsoft.Data.Sqlite;

namespace IotAttest.EndToEnd.Tests;

/// <summary>What tests of all ways in ask of a verifier.</summary>
internal static class VerifierLooks
{
    /// <summary>A board whose build is certified.</summary>
    public static async Task<TestBoard> CertifiedBoardAsync(this VerifierUnderTest verifier, string freshness = "challenge")
    {
        using Registry registry = await Registry.OpenAsync(verifier);
        await registry.SubmitCertifiedAsync(Firmware.Certified);
        return await new TestBoard(verifier).EnrolAsync("freshness", freshness);
    }

    /// <summary>A figure of <c>/metrics</c> without labels; 0 when it is not there.</summary>
    public static Task<double> MetricAsync(this VerifierUnderTest verifier, string name) => MetricAsync(verifier.Address, name);

    /// <summary>The same of a verifier at an address.</summary>
    public static async Task<double> MetricAsync(Uri verifier, string name)
    {
        using HttpClient client = new() { BaseAddress = verifier };
        string text = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return text.Split('\n').Where(line => line.StartsWith($"{name} ", StringComparison.Ordinal)).Select(line => double.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture)).SingleOrDefault();
    }

    /// <summary>What <c>/readyz</c> says.</summary>
    public static async Task<(bool IsReady, string Text)> ReadyzAsync(this VerifierUnderTest verifier)
    {
        using HttpClient client = verifier.Anybody();
        using HttpResponseMessage response = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
        return (response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    public static Task ReadyAsync(this VerifierUnderTest verifier) => Eventually.TrueAsync(async () => (await verifier.ReadyzAsync()).IsReady, "the verifier is ready");

    /// <summary>Changes its SQLite file behind its back.</summary>
    public static void Execute(this VerifierUnderTest verifier, string sql)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(verifier.DataDirectory, "iotattest.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
