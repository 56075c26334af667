using System.Text;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Domain.Transparency;

namespace IotAttest.Cli.Commands.Log;

/// <summary>What a monitor remembers of a log: the key it met first, the last checkpoint, and the leaf hash of every entry (32 bytes each).</summary>
internal sealed class MonitorState
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxLeafBytes = 512 * 1024 * 1024;

    private readonly string _folder;

    private MonitorState(string folder, string? checkpoint, byte[][] leaves)
    {
        _folder = folder;
        Checkpoint = checkpoint;
        Leaves = leaves;
    }

    /// <summary>The last signed checkpoint, or null before the first look.</summary>
    public string? Checkpoint { get; private set; }

    public byte[][] Leaves { get; private set; }

    public string KeyFile => Path.Combine(_folder, "keys.json");

    private string CheckpointFile => Path.Combine(_folder, "checkpoint.jwt");

    private string LeafFile => Path.Combine(_folder, "leaves.bin");

    public static MonitorState Open(string folder)
    {
        Directory.CreateDirectory(folder);
        MonitorState state = new(folder, null, []);
        if (File.Exists(state.CheckpointFile))
        {
            state.Checkpoint = InputFile.ReadText(state.CheckpointFile, MaxBytes).Trim();
            byte[] leaves = InputFile.ReadBytes(state.LeafFile, MaxLeafBytes);
            if (leaves.Length % MerkleHash.LengthBytes != 0)
            {
                throw CliException.Fault($"{leaves.Length} bytes in {state.LeafFile}", $"a multiple of {MerkleHash.LengthBytes}", "begin again with an empty --state folder");
            }

            state.Leaves = [.. leaves.Chunk(MerkleHash.LengthBytes)];
        }

        return state;
    }

    /// <summary>Leaves first: a checkpoint over fewer leaves than are there is only behind, the other way round would be an alarm.</summary>
    public void Keep(string checkpoint, byte[][] leaves)
    {
        OutputFile.Write(LeafFile, leaves.SelectMany(leaf => leaf).ToArray());
        OutputFile.Write(CheckpointFile, Encoding.ASCII.GetBytes(checkpoint));
        Checkpoint = checkpoint;
        Leaves = leaves;
    }
}
