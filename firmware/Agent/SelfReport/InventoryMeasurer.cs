using System;
using System.IO;

using IotAttest.Protocol;

namespace IotAttest.Agent
{
    /// <summary>Measures the inventory of a self-reported board as the one component <c>inventory</c>, in bounded steps.</summary>
    /// <remarks>Named files are read again for each challenge; without them the text does not change and is hashed once. A step
    /// takes about 20 ms on a board, and nothing is allocated for the text.</remarks>
    public sealed class InventoryMeasurer : IMeasurer
    {
        /// <summary>Most bytes that the named files may have together: about 1.3 s on a board.</summary>
        public const int MaxFileBytes = 16384;

        private const int FileStepBytes = 256;

        private readonly Sha256 _sha = new Sha256();
        private readonly byte[] _digest = new byte[Sha256.DigestBytes];
        private readonly byte[] _part = new byte[FileStepBytes];
        private readonly InventoryText _text;
        private readonly IFileStore _files;
        private readonly string[] _names;
        private Stream _stream;
        private int _fileIndex;
        private int _fileBytes;
        private int _lineIndex;
        private bool _isDone;
        private bool _isFailed;

        /// <summary>Measures the text as it is now.</summary>
        public InventoryMeasurer(InventoryText text)
            : this(text, null, new string[0])
        {
        }

        /// <summary>Measures the text with a line for each of the files, which the measurer adds and keeps up to date.</summary>
        public InventoryMeasurer(InventoryText text, IFileStore files, string[] names)
        {
            _text = text;
            _files = files;
            _names = names;
        }

        /// <inheritdoc/>
        public void Begin()
        {
            if (_isDone && _names.Length == 0)
            {
                return;
            }

            CloseFile();
            _sha.Reset();
            _fileIndex = 0;
            _fileBytes = 0;
            _lineIndex = 0;
            _isDone = false;
            _isFailed = false;
        }

        /// <inheritdoc/>
        public bool Step()
        {
            if (_isDone)
            {
                return false;
            }

            if (_fileIndex < _names.Length)
            {
                StepFile();
            }
            else
            {
                StepText();
            }

            return !_isDone;
        }

        /// <inheritdoc/>
        public EvidenceStatus AddTo(EvidenceClaims claims)
        {
            bool isAdded = _isDone && !_isFailed && !_text.IsIncomplete && claims.AddComponent(EvidenceProfile.Inventory, _digest);
            return isAdded ? EvidenceStatus.Ok : EvidenceStatus.MeasurementFailed;
        }

        private void StepFile()
        {
            try
            {
                if (_stream == null && !_files.Exists(_names[_fileIndex]))
                {
                    EndFile(null);
                    return;
                }

                _stream = _stream == null ? _files.OpenRead(_names[_fileIndex]) : _stream;
                int count = _stream.Read(_part, 0, FileStepBytes);
                _fileBytes += count;
                _sha.Append(_part, 0, count);
                if (_fileBytes > MaxFileBytes)
                {
                    Fail();
                }
                else if (count == 0)
                {
                    _sha.Finish(_digest, 0);
                    EndFile(_digest);
                }
            }
            catch (Exception)
            {
                // Whatever a file system throws means that the file could not be read, and the status says so.
                Fail();
            }
        }

        private void EndFile(byte[] digest)
        {
            CloseFile();
            _text.SetFile(_names[_fileIndex], digest);
            _fileIndex++;
        }

        private void Fail()
        {
            CloseFile();
            _isFailed = true;
            _isDone = true;
        }

        private void CloseFile()
        {
            if (_stream != null)
            {
                _stream.Dispose();
                _stream = null;
            }
        }

        private void StepText()
        {
            if (_lineIndex < _text.LineCount)
            {
                _sha.Append(_part, 0, _text.CopyLine(_lineIndex, _part));
                _lineIndex++;
                return;
            }

            _sha.Finish(_digest, 0);
            _isDone = true;
        }
    }
}
