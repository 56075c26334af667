using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web;

/// <summary>Sends a text whole: with an ETag, compressed where the browser takes it, and not at all when the browser has it.</summary>
/// <remarks>Compression under TLS tells lengths (BREACH): a page that holds a secret, a CSRF token say, next to what the request brought
/// must be sent with <c>isSecret</c>.</remarks>
internal static class PageBody
{
    private const int WorthCompressing = 512;

    private static readonly string[] Encodings = ["br", "gzip"];

    public static async Task SendAsync(HttpContext context, byte[] body, string mediaType, bool isSecret = false)
    {
        HttpResponse response = context.Response;
        response.ContentType = mediaType;
        string tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"";
        response.Headers.ETag = tag;
        if (response.StatusCode == StatusCodes.Status200OK && context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (!isSecret && body.Length >= WorthCompressing && Encoding(context.Request) is { } encoding)
        {
            response.Headers.ContentEncoding = encoding;
            body = Compress(body, encoding);
        }

        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static string? Encoding(HttpRequest request)
    {
        HashSet<string?> accepted = [.. request.GetTypedHeaders().AcceptEncoding.Where(encoding => encoding.Quality is not 0).Select(encoding => encoding.Value.Value?.ToLowerInvariant())];
        return Encodings.FirstOrDefault(accepted.Contains);
    }

    private static byte[] Compress(byte[] body, string encoding)
    {
        using MemoryStream compressed = new();
        using (Stream stream = encoding == "br" ? new BrotliStream(compressed, CompressionLevel.Fastest) : new GZipStream(compressed, CompressionLevel.Fastest))
        {
            stream.Write(body);
        }

        return compressed.ToArray();
    }
}
