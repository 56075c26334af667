namespace IotAttest.Cli.Bench;

/// <summary>The programs of a RabbitMQ node.</summary>
/// <param name="Server">The server.</param>
/// <param name="PortMapper">Erlang's port mapper, which a node would otherwise start and leave behind.</param>
internal sealed record RabbitPrograms(string Server, string PortMapper)
{
    // What Debian has on PATH changes the account before it starts this one, and takes no other account than root and rabbitmq.
    private const string BehindWrapper = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    /// <returns>Null when one of them is not on <paramref name="path"/>.</returns>
    public static RabbitPrograms? Find(string? path) =>
        ProgramOnPath.Find("rabbitmq-server", path) is { } server && ProgramOnPath.Find("epmd", path) is { } mapper
            ? new RabbitPrograms(File.Exists(BehindWrapper) ? BehindWrapper : server, mapper)
            : null;
}
