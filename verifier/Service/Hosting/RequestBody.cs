using IotAttest.Service.Audit;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Hosting;

/// <summary>Reads a whole body up to a limit.</summary>
internal static class RequestBody
{
    /// <summary>Enough for every JSON object this API takes.</summary>
    public const int MaxJsonBytes = 64 * 1024;

    /// <exception cref="ProblemException">The body is longer than <paramref name="maxBytes"/>, or says nothing of its media type.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        // Routing refuses a wrong media type and lets a missing one pass.
        if (request.ContentType is null)
        {
            throw Refuse.WrongMediaType("no Content-Type", "the media type of this route");
        }

        using MemoryStream body = new((int)Math.Min(request.ContentLength ?? 0, maxBytes));
        byte[] chunk = new byte[8 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellation)) > 0)
        {
            if (body.Length + read > maxBytes)
            {
                throw Refuse.TooLarge($"more than {maxBytes} bytes", $"at most {maxBytes} bytes");
            }

            body.Write(chunk, 0, read);
        }

        ReadOnlyMemory<byte> content = body.GetBuffer().AsMemory(0, (int)body.Length);
        request.HttpContext.Features.Get<AuditTrail>()?.ReadReason(content);
        return content;
    }
}
