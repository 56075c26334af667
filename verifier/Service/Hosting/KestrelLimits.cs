using IotAttest.Service.Hosting.Connections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IotAttest.Service.Hosting;

/// <summary>Where HTTP listens, and how much of it one caller may use.</summary>
internal static class KestrelLimits
{
    /// <summary>The largest body of a route that says nothing else.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    private const int MaxHeaderBytes = 16 * 1024;
    private const int MaxHeaders = 64;
    private const int MaxRequestLineBytes = 4 * 1024;

    public static void ConfigureHttp(this WebApplicationBuilder builder, VerifierOptions options) =>
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Apply(kestrel.Limits);
            kestrel.Listen(ListenAddress.Parse(options.Http), new ConnectionLimit("HTTP", options.HttpConnections, options.HttpConnectionsPerAddress, kestrel.ApplicationServices).Guard);
        });

    private static void Apply(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = MaxBodyBytes;
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        limits.MaxRequestHeaderCount = MaxHeaders;
        limits.MaxRequestLineSize = MaxRequestLineBytes;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    }
}
