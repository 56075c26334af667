using System.Globalization;
using System.Security;
using IotAttest.Service.Web;

namespace IotAttest.Service.Registry.Label;

/// <summary>The label and the QR code as SVG. They hold the address of the certificate and a word about it, nothing about the thing they stick on.</summary>
/// <remarks>Drawn for 20 mm width, where ten units are a millimetre: the word is 2.2 mm high and a module of the code 0.4 mm. Shape and word say the
/// state without colour; it is never the sign of a real scheme.</remarks>
internal static class LabelDrawing
{
    private const string Dark = "#111827";

    public static string Label(string address, LabelState state, Language language)
    {
        QrPath code = QrPath.Of(address);
        string word = Escape(TextCatalogue.Find(language, $"label.{state}"));
        string scale = (172.0 / code.Modules).ToString("0.####", CultureInfo.InvariantCulture);
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 268" width="20mm" height="26.8mm" role="img" aria-label="IotAttest: {word}" direction="{language.Direction}">
            <rect x="2" y="2" width="196" height="264" rx="14" fill="#fff" stroke="{Dark}" stroke-width="4"/>
            <text x="100" y="30" font-family="system-ui,sans-serif" font-size="22" font-weight="700" text-anchor="middle" fill="{Dark}">IotAttest</text>
            <path transform="translate(14 38) scale({scale})" fill="{Dark}" shape-rendering="crispEdges" d="{code.Data}"/>
            <rect x="2" y="214" width="196" height="52" rx="14" fill="{ColourOf(state)}"/>
            <g transform="translate(14 224)" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round">{ShapeOf(state)}</g>
            <text x="118" y="248" font-family="system-ui,sans-serif" font-size="22" font-weight="700" text-anchor="middle" fill="#fff" textLength="{WidthOf(word)}" lengthAdjust="spacingAndGlyphs">{word}</text>
            <title>IotAttest: {word}. {Escape(address)}</title>
            </svg>
            """;
    }

    public static string Qr(string address)
    {
        QrPath code = QrPath.Of(address);
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {code.Modules} {code.Modules}" width="20mm" height="20mm" role="img" aria-label="{Escape(address)}">
            <rect width="{code.Modules}" height="{code.Modules}" fill="#fff"/>
            <path fill="#000" shape-rendering="crispEdges" d="{code.Data}"/>
            </svg>
            """;
    }

    private static string ColourOf(LabelState state) => state switch
    {
        LabelState.InForce => "#0b6640",
        LabelState.NotNow => "#8a4b00",
        _ => "#a01727",
    };

    // A circle with a tick, a triangle with an exclamation mark, a square with a cross.
    private static string ShapeOf(LabelState state) => state switch
    {
        LabelState.InForce => """<circle cx="16" cy="16" r="14"/><path d="M9 16l5 6 9-11"/>""",
        LabelState.NotNow => """<path d="M16 3L31 29H1z"/><path d="M16 13v7M16 24.5v.1"/>""",
        _ => """<path d="M2 2h28v28H2z"/><path d="M10 10l12 12M22 10L10 22"/>""",
    };

    // Words of any language stay inside the band, whatever font draws them.
    private static int WidthOf(string word) => Math.Min(138, word.Length * 13);

    private static string Escape(string text) => SecurityElement.Escape(text);
}
