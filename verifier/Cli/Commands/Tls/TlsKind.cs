namespace IotAttest.Cli.Commands.Tls;

/// <summary>Keys of a CA and of the server under it, as <c>--key</c> names them.</summary>
internal static class TlsKind
{
    /// <summary>RSA of 2048 bits: works with every board. STM32 builds of nanoFramework have no ECDHE-ECDSA for TLS 1.2.</summary>
    public const string Rsa = "rsa";

    /// <summary>ECDSA on P-256: smaller, faster for the server.</summary>
    public const string Ecdsa = "ecdsa";
}
