using IotAttest.Agent;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;

namespace IotAttest.Cli.Commands.Device;

/// <summary>A folder with one folder for each board, named by UEID: the two files of its first device state (docs/adr/0014). Secret.</summary>
internal sealed class StateFolder
{
    private const int FilesOfState = 2;

    private readonly string _path;

    private StateFolder(string path) => _path = path;

    /// <summary>Makes the folder, or takes an empty one, for its owner alone.</summary>
    public static StateFolder Create(string path)
    {
        OutputFile.CreateSecretFolder(path);
        return new StateFolder(path);
    }

    /// <summary>Refuses a file, and a folder that holds anything: boards of another run would be taken for boards of this one.</summary>
    public static void RequireEmpty(string path)
    {
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
        {
            throw CliException.WrongUsage($"{path}, which is no empty folder", "a new or an empty folder for the device states", "choose another name");
        }
    }

    /// <summary>Writes the files of one board anew unless both are there: a killed run may have left one of them.</summary>
    public void Complete(ProvisionedBoard board)
    {
        string folder = FolderOf(board);
        if (!IsWhole(folder))
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Write(board);
        }
    }

    /// <summary>Writes the files of one board by the code that the board reads them with.</summary>
    public void Write(ProvisionedBoard board)
    {
        string folder = FolderOf(board);
        OutputFile.CreateSecretFolder(folder);
        DeviceStateStore store = new(new StateFiles(folder));

        // Twice, so that both files hold it: a board that finds one of them alone takes the other for lost and skips a boot count.
        bool isWritten = store.Load(out _) == StateStatus.None && store.Save(board.State) && store.Save(board.State);
        if (!isWritten)
        {
            throw CliException.Fault($"a device state that was not written to {folder}", "two files that read back as written", "check rights and space, then provision anew into another folder");
        }
    }

    // A torn file is shorter than the whole one beside it.
    private static bool IsWhole(string folder)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
        return files.Length == FilesOfState
            && new FileInfo(files[0]).Length == new FileInfo(files[1]).Length
            && new DeviceStateStore(new StateFiles(folder)).Load(out _) == StateStatus.Ok;
    }

    private string FolderOf(ProvisionedBoard board) => Path.Combine(_path, (string)board.Record["ueid"]!);
}
