using System.Collections.Frozen;
using System.Collections.Immutable;

namespace IotAttest.Domain.Certificates.Schemes;

/// <summary>The schemes this verifier knows, as data: schemes.json, part of the program.</summary>
public sealed class SchemeCatalogue
{
    private readonly FrozenDictionary<string, Scheme> _byId;

    private SchemeCatalogue(ImmutableArray<Scheme> schemes)
    {
        Schemes = schemes;
        _byId = schemes.ToFrozenDictionary(scheme => scheme.Id, StringComparer.Ordinal);
    }

    /// <summary>The catalogue of this program.</summary>
    public static SchemeCatalogue Default { get; } = new(EmbeddedJson.Read<ImmutableArray<Scheme>>("schemes.json", new EvidenceStrengthConverter()));

    /// <summary>All schemes, in the order of the file.</summary>
    public ImmutableArray<Scheme> Schemes { get; }

    /// <summary>The scheme of that name, or null.</summary>
    public Scheme? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The level of that name, or null.</summary>
    public SchemeLevel? FindLevel(string scheme, string level) => Find(scheme)?.FindLevel(level);

    /// <summary>What decisions must satisfy; the default for a scheme or level that nobody described.</summary>
    public CertificateRules RulesOf(string scheme, string level) =>
        Find(scheme) is { } known && known.FindLevel(level) is { } found ? known.RulesOf(found) : CertificateRules.Default;
}
