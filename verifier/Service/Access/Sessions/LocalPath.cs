using System.Diagnostics.CodeAnalysis;

namespace IotAttest.Service.Access.Sessions;

/// <summary>Where to go after signing in: a path of this verifier, and never another host (CWE-601).</summary>
internal static class LocalPath
{
    public const string Parameter = "returnTo";
    public const string SignInPage = "/sign-in";

    private const int MaxLength = 1000;

    /// <summary>True for a path that a browser reads as one of this host: <c>//host</c> and <c>/\host</c> are others.</summary>
    public static bool IsLocal([NotNullWhen(true)] string? path) =>
        path is { Length: >= 1 and <= MaxLength } && path[0] == '/'
        && (path.Length == 1 || path[1] is not ('/' or '\\'))
        && path.All(letter => letter is > ' ' and <= '~' and not '\\');

    public static string SignIn(string path) => IsLocal(path) ? $"{SignInPage}?{Parameter}={Uri.EscapeDataString(path)}" : SignInPage;
}
