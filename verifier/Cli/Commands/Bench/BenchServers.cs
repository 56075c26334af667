using IotAttest.Cli.Bench;
using IotAttest.Cli.Failures;
using Npgsql;

namespace IotAttest.Cli.Commands.Bench;

/// <summary>Looks for the servers of other projects that a run needs: before it starts, not after minutes of measuring what needs none of them.</summary>
internal static class BenchServers
{
    /// <exception cref="CliException">One is missing.</exception>
    public static RabbitPrograms RequireRabbit(CliContext context) => RabbitPrograms.Find(context.Environment("PATH"))
        ?? throw CliException.WrongUsage("--rabbitmq, and no rabbitmq-server with epmd", "rabbitmq-server and epmd on PATH", "install RabbitMQ, or leave the option out");

    /// <exception cref="CliException">One is missing, or does not do what it has to.</exception>
    public static async Task RequireAsync(BenchPlan plan, CancellationToken cancellation)
    {
        try
        {
            if (plan.HasMosquitto)
            {
                await (await BenchMosquitto.StartAsync(cancellation)).DisposeAsync();
            }
        }
        catch (InvalidOperationException cause)
        {
            throw CliException.WrongUsage($"--mosquitto, and none starts ({cause.Message})", "mosquitto on PATH", "install it, or leave the option out");
        }

        await RequirePostgresAsync(plan.Postgres, cancellation);
    }

    /// <param name="server">How to reach it; null when none is wanted.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="CliException">No database can be made there.</exception>
    public static async Task RequirePostgresAsync(string? server, CancellationToken cancellation)
    {
        try
        {
            if (server is not null)
            {
                await (await BenchDatabase.CreateAsync(server, cancellation)).DisposeAsync();
            }
        }
        catch (Exception cause) when (cause is NpgsqlException or ArgumentException)
        {
            throw CliException.WrongUsage($"--postgres, and no database can be made there ({cause.Message})", "how Npgsql reaches a server whose user may make databases", "start the server, correct the words, or leave the option out");
        }
    }
}
