namespace IotAttest.Service.Tests;

/// <summary>A server certificate with its key, as <c>--mqtts-certificate</c> names it.</summary>
internal sealed class ServerCertificateFile : IDisposable
{
    public ServerCertificateFile()
    {
        using TlsChain chain = new();
        File.WriteAllText(Path, chain.Pem);
    }

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => File.Delete(Path);
}
