using System.Collections;
using System.Reflection;
using System.Text;

using nanoFramework.Runtime.Native;

namespace IotAttest.Agent
{
    /// <summary>The inventory of a self-reported board: <c>name=value</c> lines in ordinal order, each ended by one LF, in UTF-8.</summary>
    /// <remarks>Lines of the profile: <c>firmware=1.17.0.99</c>, <c>target=ESP32_REV3</c>, <c>platform=ESP32</c>, and
    /// <c>assembly=name,version</c> once per assembly. The same line twice counts once.</remarks>
    public sealed class InventoryText
    {
        private const int MaxLines = 64;
        private const int MaxLineCharacters = 128;

        private readonly ArrayList _lines = new ArrayList();
        private bool _isIncomplete;

        /// <summary>True once a line was refused: the text then says less than it was told, and is not measured.</summary>
        public bool IsIncomplete
        {
            get { return _isIncomplete; }
        }

        /// <summary>Adds what the running firmware says about itself and the assemblies that <paramref name="assemblies"/> names.</summary>
        /// <remarks>A board cannot list its loaded assemblies: the application names them, for example by a type of each.</remarks>
        public static InventoryText OfThisBoard(Assembly[] assemblies)
        {
            InventoryText text = new InventoryText();
            text.Add("firmware", SystemInfo.Version.ToString());
            text.Add("target", SystemInfo.TargetName);
            text.Add("platform", SystemInfo.Platform);
            for (int i = 0; i < assemblies.Length; i++)
            {
                AssemblyName name = assemblies[i].GetName();
                text.AddAssembly(name.Name, name.Version.ToString());
            }

            return text;
        }

        /// <summary>Adds the line <c>assembly=name,version</c>.</summary>
        public bool AddAssembly(string name, string version)
        {
            return Add("assembly", name + "," + version);
        }

        /// <summary>Adds the line <c>name=value</c> at its place.</summary>
        /// <returns>False when 64 lines are there, the line is above 128 characters or holds one outside 0x20 to 0x7E.</returns>
        public bool Add(string name, string value)
        {
            string line = name + "=" + value;
            if (_lines.Count == MaxLines || !IsLine(line))
            {
                _isIncomplete = true;
                return false;
            }

            int place = 0;
            while (place < _lines.Count && Compare((string)_lines[place], line) < 0)
            {
                place++;
            }

            if (place == _lines.Count || Compare((string)_lines[place], line) != 0)
            {
                _lines.Insert(place, line);
            }

            return true;
        }

        /// <summary>The whole text as bytes.</summary>
        public byte[] ToBytes()
        {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < _lines.Count; i++)
            {
                text.Append((string)_lines[i]);
                text.Append('\n');
            }

            return Encoding.UTF8.GetBytes(text.ToString());
        }

        private static bool IsLine(string line)
        {
            if (line.Length > MaxLineCharacters)
            {
                return false;
            }

            for (int i = 0; i < line.Length; i++)
            {
                if (line[i] < ' ' || line[i] > '~')
                {
                    return false;
                }
            }

            return true;
        }

        // By character code; string.Compare follows a culture in .NET.
        private static int Compare(string left, string right)
        {
            int shorter = left.Length < right.Length ? left.Length : right.Length;
            for (int i = 0; i < shorter; i++)
            {
                if (left[i] != right[i])
                {
                    return left[i] - right[i];
                }
            }

            return left.Length - right.Length;
        }
    }
}
