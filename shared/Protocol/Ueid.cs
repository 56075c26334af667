namespace IotAttest.Protocol
{
    /// <summary>Text form of a UEID: 34 lower-case hex digits, the first two being 01 (RFC 9711 section 4.2.1.1, type RAND).</summary>
    public static class Ueid
    {
        /// <summary>Number of hex digits.</summary>
        public const int HexDigits = EvidenceProfile.UeidBytes * 2;

        private const string Digits = "0123456789abcdef";

        /// <summary>The hex form of 17 bytes.</summary>
        public static string ToHex(byte[] ueid)
        {
            char[] text = new char[ueid.Length * 2];
            for (int i = 0; i < ueid.Length; i++)
            {
                text[i * 2] = Digits[ueid[i] >> 4];
                text[(i * 2) + 1] = Digits[ueid[i] & 0x0F];
            }

            return new string(text);
        }

        /// <summary>The 17 bytes behind the hex form, or null when the text is not 34 lower-case hex digits that start with 01.</summary>
        public static byte[] FromHex(string text)
        {
            if (text == null || text.Length != HexDigits || text[0] != '0' || text[1] != '1')
            {
                return null;
            }

            byte[] ueid = new byte[EvidenceProfile.UeidBytes];
            for (int i = 0; i < ueid.Length; i++)
            {
                int high = Digits.IndexOf(text[i * 2]);
                int low = Digits.IndexOf(text[(i * 2) + 1]);
                if (high < 0 || low < 0)
                {
                    return null;
                }

                ueid[i] = (byte)((high << 4) | low);
            }

            return ueid;
        }
    }
}
