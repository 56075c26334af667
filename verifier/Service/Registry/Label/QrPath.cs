using System.Collections;
using System.Globalization;
using System.Text;
using QRCoder;

namespace IotAttest.Service.Registry.Label;

/// <summary>A QR code (ISO/IEC 18004) as one SVG path: dark modules of a row that touch are one run.</summary>
/// <param name="Data">The path, one unit a module, with the quiet zone of four modules around it.</param>
/// <param name="Modules">Width and height in modules.</param>
internal sealed record QrPath(string Data, int Modules)
{
    public static QrPath Of(string text)
    {
        using QRCodeData code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        StringBuilder path = new();
        for (int y = 0; y < code.ModuleMatrix.Count; y++)
        {
            AppendRow(path, code.ModuleMatrix[y], y);
        }

        return new QrPath(path.ToString(), code.ModuleMatrix.Count);
    }

    private static void AppendRow(StringBuilder path, BitArray row, int y)
    {
        for (int x = 0; x < row.Length; x++)
        {
            int start = x;
            while (x < row.Length && row[x])
            {
                x++;
            }

            if (x > start)
            {
                path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1h-{x - start}z");
            }
        }
    }
}
