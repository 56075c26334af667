using System.Collections.Frozen;
using System.Security.Cryptography;

namespace IotAttest.Service.Web;

/// <summary>Style sheet and scripts, part of the program. The address of each holds its hash, so that browsers may keep it for ever.</summary>
internal sealed class AssetStore
{
    private const string Prefix = "IotAttest.Service.Web.Assets.";

    private readonly FrozenDictionary<string, Asset> _byName = typeof(AssetStore).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(Read)
        .ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);

    /// <summary>Where a page finds an asset.</summary>
    /// <exception cref="KeyNotFoundException">There is no such asset: a mistake in a page.</exception>
    public string AddressOf(string name) => _byName[name].Address;

    public Asset? Find(string name) => _byName.GetValueOrDefault(name);

    private static Asset Read(string resource)
    {
        using Stream stream = typeof(AssetStore).Assembly.GetManifestResourceStream(resource)!;
        using MemoryStream content = new();
        stream.CopyTo(content);
        byte[] bytes = content.ToArray();
        string name = resource[Prefix.Length..];
        return new Asset(name, $"/assets/{name}?v={Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6))}", MediaTypeOf(name), bytes);
    }

    private static string MediaTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml; charset=utf-8",
        _ => "text/javascript; charset=utf-8",
    };

    internal sealed record Asset(string Name, string Address, string MediaType, byte[] Bytes);
}
