using IotAttest.Protocol;

namespace IotAttest.Agent
{
    /// <summary>Measures the inventory text of a self-reported board as the one component <c>inventory</c>.</summary>
    /// <remarks>The text does not change while the board runs, so it is hashed once, a block of 64 bytes per step: one
    /// takes about 5 ms on a board.</remarks>
    public sealed class InventoryMeasurer : IMeasurer
    {
        private const int StepBytes = 64;

        private readonly Sha256 _sha = new Sha256();
        private readonly byte[] _digest = new byte[Sha256.DigestBytes];
        private readonly byte[] _text;
        private readonly bool _isComplete;
        private int _position;
        private bool _isDone;

        /// <summary>Measures the text as it is now.</summary>
        public InventoryMeasurer(InventoryText text)
        {
            _text = text.ToBytes();
            _isComplete = !text.IsIncomplete;
        }

        /// <inheritdoc/>
        public void Begin()
        {
            if (!_isDone)
            {
                _sha.Reset();
                _position = 0;
            }
        }

        /// <inheritdoc/>
        public bool Step()
        {
            if (_isDone)
            {
                return false;
            }

            int count = _text.Length - _position;
            if (count > StepBytes)
            {
                count = StepBytes;
            }

            _sha.Append(_text, _position, count);
            _position += count;
            if (_position == _text.Length)
            {
                _sha.Finish(_digest, 0);
                _isDone = true;
            }

            return !_isDone;
        }

        /// <inheritdoc/>
        public EvidenceStatus AddTo(EvidenceClaims claims)
        {
            bool isAdded = _isDone && _isComplete && claims.AddComponent(EvidenceProfile.Inventory, _digest);
            return isAdded ? EvidenceStatus.Ok : EvidenceStatus.MeasurementFailed;
        }
    }
}
