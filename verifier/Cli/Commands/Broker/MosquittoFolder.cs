using IotAttest.Cli.Files;

namespace IotAttest.Cli.Commands.Broker;

/// <summary>The files that <c>broker mosquitto</c> makes; all but the verifier's credential are mosquitto's.</summary>
internal sealed class MosquittoFolder(string path)
{
    private readonly string _path = Path.GetFullPath(path);

    public string Configuration => Path.Combine(_path, "mosquitto.conf");

    public string Acl => Path.Combine(_path, "acl");

    public string Passwords => Path.Combine(_path, "passwords");

    /// <summary>Where mosquitto keeps its sessions.</summary>
    public string Data => Path.Combine(_path, "data");

    /// <summary>User and password of the verifier, for <c>serve --broker-credential-file</c>.</summary>
    public string Credential => Path.Combine(_path, "verifier.credential");

    public void Create()
    {
        OutputFile.CreateSecretFolder(_path);
        OutputFile.CreateSecretFolder(Data);
    }
}
