namespace IotAttest.Service.Registry;

/// <summary>A name for a download: ids may hold anything, file names may not.</summary>
internal static class FileName
{
    public static string Of(string id) => string.Concat(id.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '_'));
}
