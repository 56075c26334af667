using System.Text;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;

namespace IotAttest.Cli.Commands.Broker;

/// <summary>mosquitto's file of users and hashes: read whole, changed, written whole in one step. Lines of users that nobody names here stay as they are.</summary>
internal sealed class MosquittoPasswordFile
{
    private readonly string _path;
    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);

    private MosquittoPasswordFile(string path) => _path = path;

    public int Added { get; private set; }

    public int Changed { get; private set; }

    public int Count => _hashes.Count;

    /// <summary>The users that are there, or none.</summary>
    public static MosquittoPasswordFile Open(string path)
    {
        MosquittoPasswordFile file = new(path);
        if (File.Exists(path))
        {
            file.Read();
        }

        return file;
    }

    /// <summary>Makes the user known by this password. One that is known by it already keeps its line.</summary>
    public void Set(string user, string password)
    {
        bool isKnown = _hashes.TryGetValue(user, out string? hash);
        if (isKnown && MosquittoPassword.Holds(hash!, password))
        {
            return;
        }

        _hashes[user] = MosquittoPassword.HashOf(password);
        Changed += isKnown ? 1 : 0;
        Added += isKnown ? 0 : 1;
    }

    /// <summary>For its owner alone; a mosquitto that reads it meanwhile sees the old file or the new one.</summary>
    public void Write()
    {
        StringBuilder text = new();
        foreach ((string user, string hash) in _hashes)
        {
            text.Append(user).Append(':').Append(hash).Append('\n');
        }

        OutputFile.WriteText(_path, text.ToString(), isSecret: true, mayReplace: true);
    }

    private void Read()
    {
        using StreamReader reader = new(InputFile.Open(_path));
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line.Length > 0 && (colon <= 0 || !_hashes.TryAdd(line[..colon], line[(colon + 1)..])))
            {
                throw CliException.DoesNotHold($"line {number} of {_path}, which is no user:hash or names a user once more", "a file that mosquitto_passwd or this command wrote", "correct the line");
            }
        }
    }
}
