namespace IotAttest.Agent
{
    /// <summary>Decides when a connection that brings nothing is given up.</summary>
    /// <remarks>A broker can keep a connection and pass nothing on (RabbitMQ after a node died, docs/scale.md): only a new one is heard then. Or the verifier is away, and the board had better
    /// stay: so one that was heard before has much more of it, and with each one given up the patience of the next doubles.</remarks>
    internal sealed class LinkPatience
    {
        private const int First = 3;
        private const int Known = 24;
        private const int Longest = 96;

        private int _allowed = First;
        private int _next = First;
        private int _inVain;

        /// <summary>A new connection.</summary>
        public void Begin()
        {
            _inVain = 0;
            _allowed = _next;
        }

        /// <summary>A question came.</summary>
        public void Heard()
        {
            _inVain = 0;
            _allowed = Known;
            _next = First;
        }

        /// <summary>A wait was in vain.</summary>
        /// <returns>True when the connection is to be given up.</returns>
        public bool IsOver()
        {
            _inVain++;
            if (_inVain < _allowed)
            {
                return false;
            }

            _next = _next >= Longest ? Longest : _next * 2;
            return true;
        }
    }
}
