using System.Diagnostics.CodeAnalysis;

namespace IotAttest.Domain.Corim;

/// <summary>Reference values from a CoRIM of another tool, in the terms of this project (docs/adr/0021).</summary>
/// <param name="Manifest">The build as appraisal takes it. Its id follows from its content: the id of the file may be any text.</param>
/// <param name="Ignored">What stands in the file and is not taken, one sentence each; empty when everything is.</param>
public sealed record ForeignManifest(BuildManifest Manifest, IReadOnlyList<string> Ignored)
{
    /// <summary>True when the body names no profile: then nothing but the draft itself says what it means, and it may be imported. Every other
    /// unknown profile rejects the file (draft-ietf-rats-corim-11).</summary>
    public static bool IsImport(SignedCorim signed)
    {
        ArgumentNullException.ThrowIfNull(signed);
        return CorimStructure.TryRead(signed.Body, out CorimStructure? structure, out _) && structure.Profile is null;
    }

    /// <summary>Reads a CoRIM without a profile.</summary>
    /// <param name="signed">The decoded file; verify it first.</param>
    /// <param name="terms">What the submitter says about it.</param>
    /// <param name="imported">What was understood, or null.</param>
    /// <param name="error">What cannot be mapped soundly, or null.</param>
    /// <returns>True when everything that constrains a board was understood.</returns>
    public static bool TryRead(SignedCorim signed, ImportTerms terms, [NotNullWhen(true)] out ForeignManifest? imported, [NotNullWhen(false)] out CorimError? error)
    {
        ArgumentNullException.ThrowIfNull(signed);
        ArgumentNullException.ThrowIfNull(terms);
        ForeignManifestReader reader = new(terms, signed.Issuer);
        imported = reader.Read(signed.Body);
        error = reader.Error;
        if (imported is not null)
        {
            error = CorimRules.Check(imported.Manifest);
            imported = error is null ? imported : null;
        }

        return imported is not null;
    }
}
