namespace IotAttest.Agent
{
    /// <summary>Decides when a connection that brings nothing is given up.</summary>
    /// <remarks>A broker can keep a connection and pass nothing on from its first moment (RabbitMQ after a node died, docs/scale.md): only a new one is heard then. Or the verifier is away, and the
    /// board had better stay: so a connection that was heard once is kept, and with each one given up the patience doubles.</remarks>
    internal sealed class LinkPatience
    {
        private const int First = 3;
        private const int Longest = 96;

        private int _allowed = First;
        private int _inVain;
        private bool _isHeard;

        /// <summary>A new connection.</summary>
        public void Begin()
        {
            _inVain = 0;
            _isHeard = false;
        }

        /// <summary>A question came.</summary>
        public void Heard()
        {
            _isHeard = true;
            _allowed = First;
        }

        /// <summary>A wait was in vain.</summary>
        /// <returns>True when the connection is to be given up.</returns>
        public bool IsOver()
        {
            _inVain++;
            if (_isHeard || _inVain < _allowed)
            {
                return false;
            }

            _allowed = _allowed >= Longest ? Longest : _allowed * 2;
            return true;
        }
    }
}
