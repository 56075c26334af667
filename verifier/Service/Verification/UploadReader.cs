using System.Security.Cryptography;
using IotAttest.Domain.Corim;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace IotAttest.Service.Verification;

/// <summary>Reads the file of a form (multipart/form-data, RFC 7578): hashed as it comes, kept only while it can be a signed file.</summary>
internal static class UploadReader
{
    /// <summary>The largest file: more than the flash of any board.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    private const int MaxBoundary = 100;

    /// <returns>The file, empty when it is longer than a signed one, and its digest; null when the form holds none.</returns>
    /// <exception cref="ProblemException">No such form, or a file that is too large.</exception>
    public static async Task<(ReadOnlyMemory<byte> File, Sha256Digest Digest)?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        MultipartReader reader = new(BoundaryOf(request), request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 4096 };
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition) && disposition.IsFileDisposition())
            {
                return await ReadFileAsync(section.Body, cancellation);
            }
        }

        return null;
    }

    private static string BoundaryOf(HttpRequest request)
    {
        string? boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) ? HeaderUtilities.RemoveQuotes(type.Boundary).Value : null;
        return boundary is { Length: > 0 and <= MaxBoundary } ? boundary : throw Refuse.Malformed("a form without a boundary", "multipart/form-data with one file", "Choose a file and send the form again.");
    }

    private static async Task<(ReadOnlyMemory<byte> File, Sha256Digest Digest)?> ReadFileAsync(Stream body, CancellationToken cancellation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using MemoryStream kept = new();
        byte[] chunk = new byte[16 * 1024];
        long length = 0;
        int read;
        while ((read = await body.ReadAsync(chunk, cancellation)) > 0)
        {
            length += read;
            hash.AppendData(chunk, 0, read);
            if (length > MaxBytes)
            {
                throw Refuse.TooLarge($"more than {MaxBytes} bytes", $"at most {MaxBytes} bytes");
            }

            if (length <= FileInspector.MaxSignedBytes)
            {
                kept.Write(chunk, 0, read);
            }
        }

        // A form without a chosen file sends an empty one.
        return length == 0 ? null : (length <= FileInspector.MaxSignedBytes ? kept.ToArray() : default(ReadOnlyMemory<byte>), new Sha256Digest(hash.GetHashAndReset()));
    }
}
