using IotAttest.Agent;
using IotAttest.Cli.Files;

namespace IotAttest.Cli.Commands.Device;

/// <summary>The files of one board's device state as the agent has them, made readable for their owner alone.</summary>
internal sealed class StateFiles(string folder) : IFileStore
{
    private readonly FileStore _files = new(folder + Path.DirectorySeparatorChar);

    public bool Exists(string name) => _files.Exists(name);

    public Stream OpenRead(string name) => _files.OpenRead(name);

    public Stream Create(string name) => OutputFile.Create(Path.Combine(folder, name), isSecret: true);
}
