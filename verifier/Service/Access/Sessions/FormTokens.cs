using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace IotAttest.Service.Access.Sessions;

/// <summary>The antiforgery token of forms: a MAC over the cookie that it belongs to. Another site knows neither, and a token of one session is none of another.</summary>
internal sealed class FormTokens(SessionCookies cookies)
{
    public const string Field = "formToken";

    private const int NonceBytes = 16;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>The token for a form on the page at hand; gives the browser a cookie to tie it to where it has none.</summary>
    public string For(HttpContext context)
    {
        if (IdOf(context) is { } id)
        {
            return TokenOf(id);
        }

        string nonce = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(NonceBytes));
        cookies.SetVisit(context, nonce);
        return TokenOf($"visit {nonce}");
    }

    /// <summary>Whether a form was given out to the browser that sends it.</summary>
    public bool Fits(HttpContext context, string token) =>
        IdOf(context) is { } id && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(TokenOf(id)), Encoding.UTF8.GetBytes(token));

    private string? IdOf(HttpContext context) => context.User.Identity?.IsAuthenticated == true
        ? cookies.SessionOf(context) is { } session ? $"session {session}" : null
        : cookies.VisitOf(context) is { } visit ? $"visit {visit}" : null;

    private string TokenOf(string id) => WebEncoders.Base64UrlEncode(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(id)));
}
