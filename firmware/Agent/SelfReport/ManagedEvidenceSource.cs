using System;
using System.Threading;

using IotAttest.Protocol;

namespace IotAttest.Agent
{
    /// <summary>Evidence made in managed code: for stock firmware, and for the simulator.</summary>
    /// <remarks>Buffers are made here, once. The application could lie through it: such a board is enrolled as self-reported.</remarks>
    public sealed class ManagedEvidenceSource : IEvidenceSource
    {
        private readonly EvidenceWriter _writer = new EvidenceWriter();
        private readonly EvidenceClaims _claims = new EvidenceClaims();
        private readonly byte[] _nonce = new byte[EvidenceProfile.NonceBytes];
        private readonly IBootState _boot;
        private readonly IMeasurer _measurer;
        private readonly IEvidenceAuthenticator _authenticator;

        /// <summary>Joins what differs by board.</summary>
        /// <param name="facts">The unchanging claims.</param>
        /// <param name="boot">Boot count, seed and uptime.</param>
        /// <param name="measurer">Measures the components.</param>
        /// <param name="authenticator">Holds the key; null when the board has none, which <see cref="Begin"/> then reports.</param>
        public ManagedEvidenceSource(EvidenceFacts facts, IBootState boot, IMeasurer measurer, IEvidenceAuthenticator authenticator)
        {
            _boot = boot;
            _measurer = measurer;
            _authenticator = authenticator;
            _claims.Nonce = _nonce;
            _claims.Ueid = facts.Ueid;
            _claims.HardwareModel = facts.ClassId;
            _claims.OemId = facts.OemId;
            _claims.OemIdBytes = facts.OemIdBytes;
            _claims.HardwareVersion = facts.HardwareVersion;
            _claims.SoftwareName = facts.SoftwareName;
            _claims.SoftwareVersion = facts.SoftwareVersion;
            _claims.OemBoot = facts.OemBoot;
            _claims.DebugStatus = facts.DebugStatus;
        }

        /// <inheritdoc/>
        public EvidenceSourceKind Kind
        {
            get { return EvidenceSourceKind.Managed; }
        }

        /// <inheritdoc/>
        public EvidenceStatus Begin()
        {
            if (_authenticator == null)
            {
                return EvidenceStatus.KeyMissing;
            }

            return _boot.TryBegin() ? EvidenceStatus.Ok : EvidenceStatus.BootStateLost;
        }

        /// <inheritdoc/>
        public EvidenceStatus Produce(byte[] nonce, byte[] output, out int length)
        {
            length = 0;
            EvidenceStatus status = Begin();
            if (status != EvidenceStatus.Ok)
            {
                return status;
            }

            status = Measure();
            return status == EvidenceStatus.Ok ? Write(nonce, output, out length) : status;
        }

        private EvidenceStatus Measure()
        {
            _measurer.Begin();
            while (_measurer.Step())
            {
                Thread.Sleep(0);
            }

            _claims.ClearComponents();
            return _measurer.AddTo(_claims);
        }

        private EvidenceStatus Write(byte[] nonce, byte[] output, out int length)
        {
            length = 0;
            if (nonce.Length != _nonce.Length)
            {
                return EvidenceStatus.ClaimsRefused;
            }

            Array.Copy(nonce, 0, _nonce, 0, _nonce.Length);
            _claims.BootCount = _boot.BootCount;
            _claims.BootSeed = _boot.BootSeed;
            _claims.UptimeSeconds = _boot.UptimeSeconds;
            if (_writer.Write(_claims, _authenticator) != DecodeStatus.Ok || _writer.Length > output.Length)
            {
                return EvidenceStatus.ClaimsRefused;
            }

            length = _writer.Length;
            Array.Copy(_writer.Buffer, 0, output, 0, length);
            return EvidenceStatus.Ok;
        }
    }
}
