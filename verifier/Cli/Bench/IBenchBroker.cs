namespace IotAttest.Cli.Bench;

/// <summary>A broker that the benchmark starts between boards and verifier; it ends with its owner.</summary>
internal interface IBenchBroker : IAsyncDisposable
{
    /// <summary>Where boards connect on 127.0.0.1.</summary>
    int Port { get; }

    /// <summary>What <c>serve</c> is told so that it takes evidence from it.</summary>
    IReadOnlyList<string> ServeOptions { get; }
}
