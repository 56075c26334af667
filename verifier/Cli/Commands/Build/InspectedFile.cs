using IotAttest.Cli.Corims;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Corim.Documents;
using IotAttest.Domain.Cose;

namespace IotAttest.Cli.Commands.Build;

/// <summary>A file to look at: a manifest of this project, or a CoRIM of another tool, signed or not.</summary>
/// <param name="Signed">Set for a file that this project's rules for signed files let pass.</param>
/// <param name="Manifest">Set for a manifest of this project.</param>
/// <param name="Document">Set for everything else.</param>
/// <param name="Profile">Why nothing of the document may be relied on; null when its profile is known.</param>
internal sealed record InspectedFile(SignedCorim? Signed, BuildManifest? Manifest, CorimDocument? Document, string? Profile)
{
    public static InspectedFile Read(string path)
    {
        byte[] file = InputFile.ReadBytes(path, CorimProfile.MaxFileBytes);
        if (SignedCorim.TryDecode(file, out SignedCorim? signed, out _) && IsOwn(signed.Body))
        {
            return new InspectedFile(signed, CorimFile.ManifestOf(path, signed), null, null);
        }

        // What another tool signed keeps fewer rules in its header; nobody checks the signature here.
        ReadOnlyMemory<byte> body = CoseMessage.TryDecode(file, CoseLimits.Tolerant, out CoseMessage? message, out _) && !message.IsMac ? message.Payload : file;
        if (!CorimDocumentReader.TryReadAnyProfile(body, out CorimDocument? document, out CorimError? error))
        {
            throw CliException.DoesNotHold($"{error.Seen} ({error.Status}) in {path}", error.Expected, "pass a CoRIM, signed or not", error.Path);
        }

        return new InspectedFile(null, null, document, document.IsProfileKnown ? null : $"profile {document.Profile} is not known here: nothing in this file may be relied on ({CorimProfile.Draft})");
    }

    private static bool IsOwn(ReadOnlyMemory<byte> body) =>
        CorimStructure.TryRead(body, out CorimStructure? structure, out _) && structure.Profile == CorimStructure.OwnProfile;
}
