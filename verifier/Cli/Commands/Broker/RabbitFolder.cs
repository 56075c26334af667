using IotAttest.Cli.Files;

namespace IotAttest.Cli.Commands.Broker;

/// <summary>The files that <c>broker rabbitmq</c> makes: the first three for each node, the last two for verifiers.</summary>
internal sealed class RabbitFolder(string path)
{
    private readonly string _path = Path.GetFullPath(path);

    public string Configuration => Path.Combine(_path, "rabbitmq.conf");

    public string Plugins => Path.Combine(_path, "enabled_plugins");

    public string Definitions => Path.Combine(_path, "definitions.json");

    /// <summary>User and password of the verifiers, for <c>serve --cluster-credential-file</c>.</summary>
    public string Credential => Path.Combine(_path, "verifier.credential");

    /// <summary>The secret in the paths under which nodes ask, for <c>serve --cluster-access-file</c>.</summary>
    public string Access => Path.Combine(_path, "access.secret");

    public void Create() => OutputFile.CreateSecretFolder(_path);
}
