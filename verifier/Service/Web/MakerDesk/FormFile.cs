using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web.MakerDesk;

/// <summary>A file of a form.</summary>
internal static class FormFile
{
    /// <exception cref="ProblemException">None was chosen, or it is too large.</exception>
    public static async Task<byte[]> ReadAsync(IFormCollection form, string field, int maxBytes, CancellationToken cancellation)
    {
        if (form.Files.GetFile(field) is not { Length: > 0 } file)
        {
            throw Refuse.Malformed("no file", "a file in the form", "Choose a file and send the form again.");
        }

        if (file.Length > maxBytes)
        {
            throw Refuse.TooLarge($"{file.Length} bytes", $"at most {maxBytes} bytes");
        }

        using MemoryStream content = new((int)file.Length);
        await file.CopyToAsync(content, cancellation);
        return content.ToArray();
    }
}
