using System;
using System.Collections;
using System.Reflection;

using IotAttest.Protocol;

using nanoFramework.Runtime.Native;

namespace IotAttest.Agent
{
    /// <summary>The inventory of a self-reported board: <c>name=value</c> lines in ordinal order, each ended by one LF, in UTF-8.</summary>
    /// <remarks>Lines of the profile: <c>source=managed</c>, <c>firmware=1.17.0.99</c>, <c>target=ESP32_REV3</c>, <c>platform=ESP32</c>,
    /// <c>assembly=name,version</c> once per assembly, <c>file=name,64 hex digits</c> once per named file, or <c>file=name,none</c>
    /// where it is missing. The same line twice counts once.</remarks>
    public sealed class InventoryText
    {
        /// <summary>Longest line in bytes, its LF included.</summary>
        public const int MaxLineBytes = MaxLineCharacters + 1;

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
            text.Add("source", "managed");
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

        /// <summary>Adds the line <c>file=name,sha256</c>, or <c>file=name,none</c> without a digest; an earlier line of that file goes.</summary>
        /// <param name="name">The name, at most 58 characters, none of them a comma.</param>
        /// <param name="sha256">32 bytes, or null for a file that is missing.</param>
        /// <returns>False for such a name, and where <see cref="Add"/> says so.</returns>
        public bool SetFile(string name, byte[] sha256)
        {
            if (name.IndexOf(',') >= 0)
            {
                _isIncomplete = true;
                return false;
            }

            string start = "file=" + name + ",";
            for (int i = 0; i < _lines.Count; i++)
            {
                if (IsStart(start, (string)_lines[i]))
                {
                    _lines.RemoveAt(i);
                    break;
                }
            }

            return Add("file", name + "," + (sha256 == null ? "none" : Ueid.ToHex(sha256)));
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

        /// <summary>Number of lines.</summary>
        public int LineCount
        {
            get { return _lines.Count; }
        }

        /// <summary>Writes one line with its LF to the start of <paramref name="buffer"/>.</summary>
        /// <param name="index">0 to <see cref="LineCount"/> - 1.</param>
        /// <param name="buffer">At least <see cref="MaxLineBytes"/> long.</param>
        /// <returns>Length in bytes.</returns>
        public int CopyLine(int index, byte[] buffer)
        {
            string line = (string)_lines[index];
            for (int i = 0; i < line.Length; i++)
            {
                buffer[i] = (byte)line[i];
            }

            buffer[line.Length] = (byte)'\n';
            return line.Length + 1;
        }

        /// <summary>The whole text as bytes, for who needs it in one piece.</summary>
        public byte[] ToBytes()
        {
            byte[] buffer = new byte[_lines.Count * MaxLineBytes];
            byte[] line = new byte[MaxLineBytes];
            int length = 0;
            for (int i = 0; i < _lines.Count; i++)
            {
                int count = CopyLine(i, line);
                Array.Copy(line, 0, buffer, length, count);
                length += count;
            }

            byte[] text = new byte[length];
            Array.Copy(buffer, 0, text, 0, length);
            return text;
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

        private static bool IsStart(string start, string line)
        {
            bool isStart = line.Length >= start.Length;
            for (int i = 0; isStart && i < start.Length; i++)
            {
                isStart = line[i] == start[i];
            }

            return isStart;
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
